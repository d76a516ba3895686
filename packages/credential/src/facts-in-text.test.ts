import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsMissingInText } from './facts-in-text.ts'
import type { ShownFact } from './shown-facts.ts'

const fact = (name: string, label: string, text: string): ShownFact => ({
  name,
  label: { 'zh-CN': label, en: name },
  text: { 'zh-CN': text, en: text },
})
const FACTS = [
  fact('name', '姓名', '陈样例'),
  fact('sex', '性别', '男'),
  fact('address', '住址', '云栖区男儿路1号（东）'),
]

describe('facts in the text of a page', () => {
  test.each([
    ['in one line', '姓名陈样例性别男住址云栖区男儿路1号（东）', []],
    [
      'with breaks and wide space',
      '姓 名\n陈 样\u3000例\n性别：男\n住址: 云栖区男儿\n路1号（东）',
      [],
    ],
    [
      'with half-width brackets and radicals',
      '姓名陈样例性别⽊男 性别男住址云栖区男⼉路1号(东)',
      [],
    ],
    ['another value', '姓名陈样例性别女住址云栖区男儿路1号（东）', ['sex']],
    [
      'a value that stands elsewhere only',
      '姓名林测试性别男住址云栖区男儿路1号（东）陈样例',
      ['name'],
    ],
    ['without labels, anywhere', '兹证明陈样例（男）住云栖区男儿路1号（东）', []],
    ['nothing', '', ['name', 'sex', 'address']],
  ])('%s', (_what, text, missing) => {
    expect(factsMissingInText(text, FACTS)).toEqual(missing)
  })

  test.each([
    ['as it is', '编号JY23399010000028有效期至2031年11月19日', []],
    ['with a digit more', '编号JY233990100000289有效期至2031年11月19日', ['serial']],
    ['with a letter more', '编号 JY23399010000028 A', ['serial']],
    ['longer in one place, as it is in another', '编号JY233990100000289，编号JY23399010000028', []],
  ])('a number %s', (_what, text, missing) => {
    expect(factsMissingInText(text, [fact('serial', '编号', 'JY23399010000028')])).toEqual(missing)
  })

  test('a hostile number of marks on one letter takes no time', () => {
    const marks = 'e\u0315\u0316 '.repeat(100_000)
    const before = performance.now()
    expect(factsMissingInText(`${marks}姓名陈样例`, FACTS.slice(0, 1))).toEqual([])
    expect(
      factsMissingInText('e\u0315\u0316'.repeat(50_000).replaceAll('e', ''), FACTS),
    ).toHaveLength(3)
    expect(performance.now() - before).toBeLessThan(2_000)
  })

  test('whatever white space stands between characters, and in which normal form', () => {
    const some = fc.string({ unit: fc.constantFrom(...'陈样例⼀一é（(ＡA1/ \u3000', 'e\u0301') })
    const spaced = fc.tuple(some, some)
    fc.assert(
      fc.property(spaced, fc.constantFrom('NFC', 'NFKC'), ([label, text], form) => {
        const page = [...`${label} ${text}`.normalize(form)].join('\n')
        return factsMissingInText(page, [fact('any', label, text)]).length === 0
      }),
    )
  })
})
