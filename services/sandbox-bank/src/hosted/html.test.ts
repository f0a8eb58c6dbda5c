import { expect, test } from 'vitest'
import { html } from './html.ts'

test('values are escaped in text and in attributes, HTML is not escaped twice', () => {
  const name = `"><script>alert('1')</script>&`
  expect(html`<a title="${name}">${[html`<b>${name}</b>`, html`!`]}${undefined}${0}</a>`.text).toBe(
    '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">' +
      '<b>&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</b>!0</a>',
  )
})
