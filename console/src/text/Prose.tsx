import { useEffect, useRef } from "preact/hooks";
import { type Block, blocksOf, type AuthoredPart } from "./blocks";
import { elementsOf } from "./prose";

/** A text by both models, rendered; while it grows, only its last block is rendered again. */
export function Prose({ parts, label }: { parts: AuthoredPart[]; label: string }) {
  const root = useRef<HTMLDivElement>(null);
  const shown = useRef<Block[]>([]);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const blocks = blocksOf(parts);
    blocks.forEach((block, i) => {
      if (isSame(shown.current[i], block)) return;
      const holder = element.children[i] ?? element.appendChild(document.createElement("div"));
      holder.replaceChildren(elementsOf(block));
    });
    while (element.children.length > blocks.length) element.lastElementChild?.remove();
    shown.current = blocks;
  });
  return <div class="prose" role="group" aria-label={label} ref={root} />;
}

function isSame(one: Block | undefined, other: Block): boolean {
  return one !== undefined && one.text === other.text && String(one.large) === String(other.large);
}
