import { Link } from '@tanstack/react-router';
import { Component, type ReactNode } from 'react';
import { Problem, wordsOf } from '../api/problem.ts';
import { useSpeech } from '../words/lang.tsx';
import { w } from './words.ts';

interface State {
  cause: unknown;
}

/** Keeps a page's failure to that page and says what happened. */
export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { cause: null };
  static getDerivedStateFromError(cause: unknown): State {
    return { cause };
  }
  override render(): ReactNode {
    return this.state.cause === null ? this.props.children : <Broken cause={this.state.cause} />;
  }
}

function Broken({ cause }: { cause: unknown }) {
  const { say } = useSpeech();
  if (cause instanceof Problem && cause.body.status === 403)
    return (
      <div className="empty">
        <h1>{say(w.notYours)}</h1>
        <p>{say(wordsOf(cause))}</p>
        <Link to="/" className="btn">
          {say(w.toWorklist)}
        </Link>
      </div>
    );
  return (
    <div className="empty" role="alert">
      <h1>{say(w.broken)}</h1>
      <p>{say(wordsOf(cause))}</p>
      <button type="button" className="btn" onClick={() => location.reload()}>
        {say(w.again)}
      </button>
    </div>
  );
}
