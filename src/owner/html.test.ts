import { expect, test } from 'vitest';
import { html, lines, when } from './html.ts';

const evil = `"><script>alert('x')</script>&amp;`;

test('what a person typed never becomes markup, in text or in an attribute', () => {
  const out = html`<p title="${evil}">${evil}</p>`.html;
  expect(out).not.toContain('<script');
  expect(out.match(/"/g)).toHaveLength(2);
  expect(out).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;');
});

test('what a person typed stays harmless inside lists, nested templates and lines', () => {
  const out = html`<ul>${[evil, html`<li>${evil}</li>`, [evil]]}</ul>${lines(`a\n${evil}`)}`.html;
  expect(out).not.toContain('<script');
  expect(out).toContain('a<br>&quot;');
});

test('nothing stays nothing, zero stays zero', () => {
  expect(html`<i>${null}${undefined}${false}${0}${''}</i>`.html).toBe('<i>0</i>');
  expect(html`<input${when(false, 'checked')}><input${when(true, 'checked')}>`.html).toBe('<input><input checked>');
});
