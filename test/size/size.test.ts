/** The faces stay small, and no web bundle holds issuing code or the server. */
import { beforeAll, expect, test } from 'vitest'
import { FACES, type MeasuredFace, measureFaces } from './measure-faces.ts'

const FORBIDDEN = [
  /^packages\/issuer\//,
  /^server\//,
  /^fixtures\//,
  /^packages\/credential\/src\/(sd-cwt-issue|sd-jwt-issue|issue-input)\.ts$/,
  /^packages\/codec\/src\/platform-node\.ts$/,
  /^node:/,
]

let faces: readonly MeasuredFace[] = []

beforeAll(async () => {
  faces = await measureFaces(FACES)
}, 120_000)

test('first load is within budget', () => {
  for (const { face, scripts, budget } of faces) {
    const total = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0)
    expect(total, face).toBeGreaterThan(10_000)
    expect(total, face).toBeLessThanOrEqual(budget)
  }
})

test('no web bundle holds issuing code', () => {
  for (const { face, modules } of faces) {
    expect(modules.length, face).toBeGreaterThan(50)
    const found = modules.filter((id) => FORBIDDEN.some((pattern) => pattern.test(id)))
    expect(found, face).toEqual([])
  }
})
