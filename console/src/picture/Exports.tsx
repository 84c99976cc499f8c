import type { Answer } from "../answer/answer";
import { download, downloadJson } from "./download";
import { pictureOf } from "./picture";

/** An answer as JSON and as a picture. */
export function Exports({ name, question, answer, document }: { name: string; question: string; answer: Answer; document: unknown }) {
  const draw = async () => {
    const picture = await pictureOf(question, answer);
    if (picture) download(`${name}.png`, picture);
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => downloadJson(`${name}.json`, document)}>
        Export JSON
      </button>
      <button type="button" class="quiet" onClick={() => void draw()}>
        Export picture
      </button>
    </>
  );
}
