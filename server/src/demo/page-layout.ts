/** Pages of the demo's own: their frame and their answer. */
import { html } from 'hono/html'
import { serverPagePolicy } from '../http/security-headers.ts'

/** Escaped HTML. */
export type Markup = ReturnType<typeof html>

/** A page around its content. */
export function layout(title: string, content: Markup): Markup {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/desk/style.css" />
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`
}

/** Answers with a page; its forms may lead on to `formTargets`. */
export async function pageAnswer(
  content: Markup,
  status: number,
  formTargets: readonly string[] = [],
): Promise<Response> {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': serverPagePolicy(formTargets),
    'Cache-Control': 'no-store',
    // Under no-referrer a browser sends its forms with `Origin: null`, which is refused.
    'Referrer-Policy': 'same-origin',
  }
  return new Response(String(await content), { status, headers })
}
