import { text } from '@room/kernel/text.ts';
import { useState } from 'react';
import { Combobox } from '../kit/combobox.tsx';
import { findTerms } from '../pack/terms.ts';
import { termTitle } from '../pack/titles.ts';
import type { FieldKind, InputProps } from './kind.ts';

const placeholder = text('打几个字就能找到，如“修剪”“漏水”', 'Type a few letters, such as “leak”');
const none = text('没有这样的分类，换个词试试', 'No such category; try another word');

function Category({ id, name, spec, value, onChange, invalid, describedBy, around }: InputProps) {
  const { pack, say } = around;
  const taxonomy = String(spec.of);
  const chosen = typeof value === 'string' ? termTitle([pack], value, say, taxonomy) : '';
  const [typed, setTyped] = useState<string | null>(null);
  const found = findTerms(pack, taxonomy, typed ?? '', say);
  return (
    <Combobox
      id={id}
      name={name}
      invalid={invalid}
      describedBy={describedBy}
      placeholder={say(placeholder)}
      none={say(none)}
      words={typed ?? chosen}
      offers={found.map((term) => ({ id: term.path, label: term.title, aside: term.by }))}
      onWords={(words) => {
        setTyped(words);
        if (value !== undefined) onChange(undefined);
      }}
      onPick={(path) => {
        setTyped(null);
        onChange(path);
      }}
    />
  );
}

/** A term of a taxonomy, found by the words people use for it. */
export const category: FieldKind = {
  Input: Category,
  read: (value, spec, { pack, say }) => termTitle([pack], String(value), say, String(spec.of)),
};
