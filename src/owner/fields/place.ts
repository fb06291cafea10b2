import { html, when } from '../html.ts';
import { asText, given, type OwnerField } from './owner-field.ts';

/**
 * Where it is. With a code scanned at a door: here, or somewhere else; words beside "here" say where exactly. Without:
 * the estate and the rest in words. The premises row of words alone is looked up after reading.
 */
export const place: OwnerField = {
  group: true,
  draw: ({ name, required, typed, described, scene }) => {
    const { speak, where } = scene;
    const pick = typed.text(name) || 'here';
    const [label, hint] = where.here ? (['whereNear', 'whereHint'] as const) : (['whereExactly', 'roomHint'] as const);
    const round = (value: string, words: string, chosen: boolean) =>
      html`<label class="pick"><input type="radio" name="${name}" value="${value}"${when(chosen, 'checked')}><span>${words}</span></label>`;
    return html`${
      where.here
        ? html`<div class="picks">${round('here', speak('here', { place: where.here.text }), pick === 'here')}${round(
            'elsewhere',
            speak('elsewhere'),
            pick === 'elsewhere',
          )}</div>`
        : where.estates.length > 1
          ? html`<div class="picks" role="group" aria-label="${speak('estate')}">${where.estates.map(
              ({ id, name: estate }) => round(id, estate, pick === id),
            )}</div>`
          : ''
    }<label class="sub">${speak(label)}<input id="${name}" type="text" name="${name}.text" value="${typed.text(
      `${name}.text`,
    )}" placeholder="${speak(hint)}"${when(required && !where.here, 'aria-required="true"')}${described}></label>`;
  },
  read: (name, _spec, posted, { where }) => {
    const pick = posted.text(name);
    const words = given(posted.text(`${name}.text`));
    if (where.here && pick !== 'elsewhere') {
      const text = words === undefined ? where.here.text : `${where.here.text}（${words}）`;
      return { premisesId: where.here.premisesId, text };
    }
    const estate = where.here ? undefined : (where.estates.find(({ id }) => id === pick) ?? only(where.estates));
    if (words === undefined) return undefined;
    return { premisesId: null, text: estate && !words.startsWith(estate.name) ? `${estate.name} ${words}` : words };
  },
  fill: (name, value) => [
    [name, 'elsewhere'],
    [`${name}.text`, textOf(value)],
  ],
  show: (value) => textOf(value),
};

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

const textOf = (value: Parameters<OwnerField['fill']>[1]): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? asText(value.text ?? '') : asText(value);
