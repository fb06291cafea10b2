import { type RefObject, useEffect, useRef } from 'react';

interface Digits {
  /** Whether Shift belongs to the keys that work from anywhere, so that two choices on a page do not answer to the same ones. */
  shift: boolean;
  count: number;
  /** `n` counts from 0. */
  onPick(n: number): void;
}

/** A choice by digit: the digit alone while the choice has the focus, with Alt (and Shift) from anywhere on the page. */
export function useDigits(digits: Digits): RefObject<HTMLFieldSetElement | null> {
  const latest = useRef(digits);
  latest.current = digits;
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
      const inside = event.target instanceof Node && box.current?.contains(event.target);
      const { shift, count, onPick } = latest.current;
      if (digit === undefined || Number(digit) > count || event.ctrlKey || event.metaKey) return;
      if (event.altKey ? event.shiftKey !== shift : !inside) return;
      event.preventDefault();
      onPick(Number(digit) - 1);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return box;
}
