import { text } from '@room/kernel/text.ts';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useSpeech } from '../words/lang.tsx';

const label = text('签名区：用手指、笔或鼠标书写', 'Signature area: write with a finger, pen or mouse');
const write = text('请在这里签名', 'Sign here');
const clear = text('重写', 'Clear');

interface Props {
  invalid: boolean;
  /** The picture after each stroke; null when the glass is clean again. */
  onInk(picture: Blob | null): void;
}

/** The glass one signs on. */
export function Pad({ invalid, onInk }: Props) {
  const { say } = useSpeech();
  const canvas = useRef<HTMLCanvasElement>(null);
  const from = useRef<{ x: number; y: number } | null>(null);
  const written = useRef(false);
  const [inked, setInked] = useState(false);
  useEffect(() => {
    const glass = canvas.current;
    if (!glass) return;
    // Inside a dialog the glass has no size until the dialog is open; a later change would wipe what was written.
    const watch = new ResizeObserver(() => {
      if (glass.clientWidth === 0 || written.current) return;
      const scale = Math.min(3, devicePixelRatio);
      glass.width = glass.clientWidth * scale;
      glass.height = glass.clientHeight * scale;
      wipe(glass);
    });
    watch.observe(glass);
    return () => watch.disconnect();
  }, []);
  const spot = (event: PointerEvent<HTMLCanvasElement>) => {
    const scale = event.currentTarget.width / event.currentTarget.clientWidth;
    return { x: event.nativeEvent.offsetX * scale, y: event.nativeEvent.offsetY * scale, scale };
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = canvas.current?.getContext('2d');
    if (!from.current || !pen) return;
    const to = spot(event);
    const pressure = event.pointerType === 'pen' ? 0.6 + event.pressure : 1;
    pen.lineWidth = 2.4 * to.scale * pressure;
    pen.beginPath();
    pen.moveTo(from.current.x, from.current.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    from.current = to;
  };
  const lift = () => {
    if (!from.current) return;
    from.current = null;
    written.current = true;
    setInked(true);
    canvas.current?.toBlob((picture) => onInk(picture), 'image/png');
  };
  return (
    <span className="pad" data-invalid={invalid}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={say(label)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = spot(event);
          draw(event);
        }}
        onPointerMove={draw}
        onPointerUp={lift}
        onPointerCancel={lift}
      />
      {!inked && <span className="pad-word">{say(write)}</span>}
      <button
        type="button"
        className="btn tight pad-clear"
        disabled={!inked}
        onClick={() => {
          if (canvas.current) wipe(canvas.current);
          written.current = false;
          setInked(false);
          onInk(null);
        }}
      >
        {say(clear)}
      </button>
    </span>
  );
}

/** White ground: a transparent picture would print black on some papers. */
function wipe(glass: HTMLCanvasElement): void {
  const pen = glass.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, glass.width, glass.height);
  pen.strokeStyle = '#101a2e';
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
}
