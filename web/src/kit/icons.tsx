import type { ReactNode } from 'react';

/** Drawn on a 24 grid with one stroke width; they stand beside words and are therefore hidden from readers. */
const paths = {
  bell: (
    <>
      <path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7Z" />
      <path d="M10 20a2.2 2.2 0 0 0 4 0" />
    </>
  ),
  phone: <path d="M6 3h3l2 5-2.2 1.6a12 12 0 0 0 5.6 5.6L16 13l5 2v3a2 2 0 0 1-2 2A15 15 0 0 1 4 5a2 2 0 0 1 2-2Z" />,
  ring: (
    <>
      <path d="M6 6h3l1.600 4-1.800 1.300a9 9 0 0 0 4 4L14 13.500l4 1.500v3a1.600 1.600 0 0 1-1.600 1.600A12 12 0 0 1 4.400 7.600 1.600 1.600 0 0 1 6 6Z" />
      <path d="M13.500 3.500a7 7 0 0 1 7 7M13.500 7a3.500 3.500 0 0 1 3.500 3.500" />
    </>
  ),
  search: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m16 16 4.5 4.5" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  alarm: (
    <>
      <path d="M12 3 2.5 20h19L12 3Z" />
      <path d="M12 10v4.5M12 17.4v.2" />
    </>
  ),
  hourglass: <path d="M7 3h10M7 21h10M8 3c0 5 3 6 4 9-1 3-4 4-4 9M16 3c0 5-3 6-4 9 1 3 4 4 4 9" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.2 2" />
    </>
  ),
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  person: (
    <>
      <circle cx="12" cy="8" r="3.8" />
      <path d="M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.500 7.500 5.500" />
    </>
  ),
  list: <path d="M4 6h.01M8 6h12M4 12h.01M8 12h12M4 18h.01M8 18h12" />,
  book: <path d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3V4Zm0 13a3 3 0 0 1 3-3h11" />,
  people: (
    <>
      <circle cx="9" cy="9" r="3.2" />
      <path d="M3 19c.5-3.500 3-5 6-5s5.500 1.500 6 5M15.500 6.200a3 3 0 0 1 0 5.600M17.500 14.500c2 .600 3.200 2 3.500 4.500" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="11" width="14" height="9" rx="2" />
      <path d="M8 11V8a4 4 0 0 1 8 0v3" />
    </>
  ),
  eye: (
    <>
      <path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Z" />
      <circle cx="12" cy="12" r="2.800" />
    </>
  ),
  paper: <path d="M6 3h8l4 4v14H6V3Zm8 0v4h4M9 12h6M9 16h6" />,
  link: (
    <path d="M10 14a4 4 0 0 0 6 .400l3-3a4 4 0 0 0-5.700-5.700l-1.500 1.500M14 10a4 4 0 0 0-6-.400l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500" />
  ),
  pen: <path d="m4 20 1-4L16 5l3 3L8 19l-4 1Z" />,
  note: <path d="M4 5h16v11H10l-4 4v-4H4V5Z" />,
  swap: <path d="M4 8h14m-4-4 4 4-4 4M20 16H6m4-4-4 4 4 4" />,
  down: <path d="m6 9 6 6 6-6" />,
  left: <path d="m14 6-6 6 6 6" />,
  out: <path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9" />,
  globe: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="M3.500 12h17M12 3.500c3 3 3 14 0 17M12 3.500c-3 3-3 14 0 17" />
    </>
  ),
  copy: <path d="M9 9h11v11H9V9ZM15 9V4H4v11h5" />,
  clip: (
    <path d="m20 11-8.500 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 4.700 4.700L9.500 17a1.600 1.600 0 0 1-2.300-2.300L15 7" />
  ),
  place: (
    <>
      <path d="M12 21s7-6.200 7-11.500a7 7 0 0 0-14 0C5 14.800 12 21 12 21Z" />
      <circle cx="12" cy="9.500" r="2.400" />
    </>
  ),
  pause: <path d="M9 6v12M15 6v12" />,
  flow: <path d="M5 5h6v5H5V5Zm8 9h6v5h-6v-5ZM8 10v4a2 2 0 0 0 2 2h3" />,
} satisfies Record<string, ReactNode>;
export type IconName = keyof typeof paths;

/** A small drawing beside words. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {paths[name]}
    </svg>
  );
}

/** The mark: a word and its echo. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--brand)" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M13 12.200a5.400 5.400 0 0 1 0 7.600" />
        <path d="M17 8.600a10.400 10.400 0 0 1 0 14.800" opacity=".8" />
        <path d="M21 5.400a15 15 0 0 1 0 21.200" opacity=".5" />
      </g>
      <circle cx="8.600" cy="16" r="2.600" fill="#fff" />
    </svg>
  );
}
