import { create } from 'qrcode';

const QUIET = 3;

/** An address as a code that a telephone reads; drawn as one path. */
export default function Qr({ address, label }: { address: string; label: string }) {
  const { size, data } = create(address, { errorCorrectionLevel: 'M' }).modules;
  const dots = [...data].flatMap((dark, index) =>
    dark ? [`M${(index % size) + QUIET} ${Math.floor(index / size) + QUIET}h1v1h-1z`] : [],
  );
  const side = size + 2 * QUIET;
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={dots.join('')} fill="#000" />
    </svg>
  );
}
