import type { DocumentPreview } from '../api/contract.ts';
import { useSpeech } from '../words/lang.tsx';
import { Thumb } from './thumb.tsx';
import './paper.css';

/** A printed form as a person reads it before signing. */
export function Paper({ paper }: { paper: DocumentPreview }) {
  const { say } = useSpeech();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it
    <article className="paper" tabIndex={0} aria-label={`${say(paper.title)} ${paper.number}`}>
      <header>
        <h3>{say(paper.title)}</h3>
        <span className="small muted">
          <span className="mono">{paper.number}</span> <span className="clause">{paper.clause}</span>
        </span>
      </header>
      {paper.sections.map((section) => (
        <section key={section.title.zh}>
          <h4>{say(section.title)}</h4>
          <dl>
            {section.rows.map((row) => (
              <div key={row.label.zh}>
                <dt>{say(row.label)}</dt>
                <dd>
                  <span className="pre">{row.value === '' ? '—' : row.value}</span>
                  {row.attachments && (
                    <span className="files">
                      {row.attachments.map((id, index) => (
                        <Thumb key={id} id={id} n={index + 1} />
                      ))}
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </article>
  );
}
