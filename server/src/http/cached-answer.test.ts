import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { cachedAnswer, entityTag } from './cached-answer.ts'

const tag = entityTag('body')
const app = new Hono().get('/', (context) =>
  cachedAnswer(context, {
    body: 'body',
    tag,
    mediaType: 'text/plain',
    cacheControl: 'no-cache',
    vary: 'Accept',
  }),
)

async function ask(known?: string): Promise<Response> {
  return app.request('/', known === undefined ? {} : { headers: { 'If-None-Match': known } })
}

describe('an entity tag', () => {
  test('is of the bytes alone', () => {
    expect(entityTag(new TextEncoder().encode('body'))).toBe(tag)
    expect(entityTag('Body')).not.toBe(tag)
    expect(tag).toMatch(/^"[A-Za-z0-9_-]{22}"$/)
  })

  test.for([tag, `W/${tag}`, `"other", W/${tag}`, `"other",${tag}`, '*'])(
    '%s is known',
    async (known) => {
      const response = await ask(known)
      expect(response.status).toBe(304)
      expect(response.headers.get('ETag')).toBe(tag)
      expect(response.headers.get('Vary')).toBe('Accept')
      expect(await response.text()).toBe('')
    },
  )

  test.for([undefined, '"other"', 'W/"other"', tag.slice(1, -1), ''])(
    '%s is not',
    async (known) => {
      const response = await ask(known)
      expect(response.status).toBe(200)
      expect(response.headers.get('Cache-Control')).toBe('no-cache')
      expect(await response.text()).toBe('body')
    },
  )
})
