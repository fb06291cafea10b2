import { signatureShape } from '#policy/fields/signature.ts';
import { html, when } from '../html.ts';
import { given, type OwnerField } from './owner-field.ts';

/**
 * A signature under a form that the page shows in full above it. With script: drawn on the glass; without: the name typed
 * and a box ticked. The digest of the form as it was shown travels with it. The drawing has become an attachment
 * (`.drawing`) before it is read.
 */
export const signature: OwnerField = {
  group: true,
  draw: ({ name, typed, described, scene }) => {
    const { speak } = scene;
    return html`<div class="pad" data-pad="${name}.drawn" hidden>
      <p id="${name}.how">${speak('signHere')}</p>
      <canvas width="640" height="280" role="img" aria-labelledby="${name}.how"></canvas>
      <p class="row"><button type="button" class="quiet" data-clear>${speak('clear')}</button>
      <span data-drawn hidden role="status">${speak('drawn')}</span></p></div>
      <input type="hidden" name="${name}.drawn" value="">
      <input type="hidden" name="${name}.digest" value="${typed.text(`${name}.digest`)}">
      <p class="hint" data-or hidden>${speak('signOr')}</p>
      <label class="sub">${speak('typedName')}<input id="${name}" type="text" name="${name}.signer" autocomplete="name" value="${typed.text(`${name}.signer`)}"${described}></label>
      <label class="pick"><input type="checkbox" name="${name}.tick" value="yes"${when(typed.text(`${name}.tick`) === 'yes', 'checked')}><span>${speak('tick')}</span></label>`;
  },
  read: (name, _spec, posted) => {
    const signer = given(posted.text(`${name}.signer`));
    const drawing = given(posted.text(`${name}.drawing`));
    const digest = posted.text(`${name}.digest`);
    if (drawing !== undefined && signer !== undefined) return { method: 'glass', signer, digest, attachment: drawing };
    if (posted.text(`${name}.tick`) === 'yes' && signer !== undefined) return { method: 'electronic', signer, digest };
    return undefined;
  },
  fill: () => [],
  show: (value, _spec, { speak }) => {
    const read = signatureShape.safeParse(value);
    return read.success ? `${read.data.signer}（${speak(read.data.method)}）` : '';
  },
};
