import { wayName } from '../../notices/ways.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** Ways as they are tried, each of which can be moved up. */
export function WayOrder({ ways, onChange }: { ways: readonly string[]; onChange(ways: string[]): void }) {
  const { say } = useSpeech();
  const up = (index: number): void => {
    const moved = [...ways];
    const [one] = moved.splice(index, 1);
    if (one !== undefined) onChange([...moved.slice(0, index - 1), one, ...moved.slice(index - 1)]);
  };
  return (
    <ol className="way-order">
      {ways.map((way, index) => (
        <li key={way}>
          <span>
            {index + 1}. {say(wayName(way))}
          </span>
          {index > 0 && (
            <button
              type="button"
              className="btn tight"
              aria-label={say(w.upThis, { way: say(wayName(way)) })}
              onClick={() => up(index)}
            >
              {say(w.up)}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
