import type { Turn } from "./conversation";
import { textOf } from "../answer/answer";
import { Exports } from "../picture/Exports";

/** What can be done with an answer that has ended. */
export function Actions({ turn, onRetry }: { turn: Turn; onRetry: () => void }) {
  const answer = turn.asking.answer.value;
  const trace = answer.extension?.trace_id;
  return (
    <div class="actions row">
      {!answer.trouble && (
        <button type="button" class="quiet" onClick={onRetry}>
          Ask again
        </button>
      )}
      {answer.runs.length > 0 && (
        <button type="button" class="quiet" onClick={() => void navigator.clipboard?.writeText(textOf(answer.runs, "content").trim())}>
          Copy
        </button>
      )}
      {answer.runs.length > 0 && (
        <Exports
          name={`answer-${trace ?? turn.id}`}
          question={turn.text}
          answer={answer}
          document={{
            model: turn.asking.question.model,
            messages: turn.asking.question.messages,
            offload: turn.asking.question.offload,
            reasoning: textOf(answer.runs, "reasoning"),
            content: textOf(answer.runs, "content"),
            finish_reason: answer.finishReason,
            usage: answer.usage,
            splitreason: answer.extension,
          }}
        />
      )}
      {trace && (
        <a class="quiet" href={`/traces/${trace}`}>
          Permalink
        </a>
      )}
    </div>
  );
}
