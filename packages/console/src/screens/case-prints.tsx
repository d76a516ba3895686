/**
 * What offices print of a case: the receipt of its acceptance (受理通知书), why it was not accepted or not granted, and the receipt of
 * delivery (送达回证) that is signed by hand. One at a time, and nothing else of the page stands on the paper.
 */

import { Button, Dialog, formatDate, formatDay } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { todayHere } from '../calendar-days.ts'
import type { CaseFile, CasePart } from '../case-file.ts'
import { tp } from '../words-cases.ts'

interface Print {
  readonly key: string
  readonly title: string
  readonly content: ComponentChildren
}

/** A button for each form that can be printed by now; their words are Chinese, as the offices use them. */
export function CasePrints({ file }: { readonly file: CaseFile }): VNode | null {
  const [shown, setShown] = useState<Print>()
  const prints = printsOf(file)
  if (prints.length === 0) return null
  return (
    <section class="panel stack" data-testid="prints">
      <h2 class="no-print">{tp('prints')}</h2>
      <div class="actions no-print">
        {prints.map((print) => (
          <Button key={print.key} onPress={() => setShown(print)} testId={`print-${print.key}`}>
            <span lang="zh-CN">{print.title}</span>
          </Button>
        ))}
      </div>
      <Dialog
        open={shown !== undefined}
        title={tp('print')}
        onClose={() => setShown(undefined)}
        testId="print-dialog"
        actions={
          <>
            <Button onPress={() => setShown(undefined)}>{tp('print.close')}</Button>
            <Button kind="primary" onPress={() => window.print()} testId="print-go">
              {tp('print')}
            </Button>
          </>
        }
      >
        {shown === undefined ? null : (
          <article class="paper-form" lang="zh-CN" translate={false} data-testid="paper-form">
            <h3>{shown.title}</h3>
            {shown.content}
          </article>
        )}
      </Dialog>
    </section>
  )
}

function printsOf(file: CaseFile): readonly Print[] {
  const { acceptedAt, applicant, state } = file
  return [
    // What the window gives to whoever applies: a department sees neither them nor the other parts.
    ...(acceptedAt === null || applicant === undefined
      ? []
      : [{ key: 'acceptance', title: '受理通知书', content: <Acceptance file={file} /> }]),
    ...(state === 'declined'
      ? [{ key: 'declined', title: '不予受理通知书', content: <Declined file={file} /> }]
      : []),
    ...(state === 'returned'
      ? [{ key: 'returned', title: '补正告知书', content: <Returned file={file} /> }]
      : []),
    ...file.parts
      .filter((part) => part.state === 'refused')
      .map((part) => ({
        key: `refusal-${part.code}`,
        title: `不予行政许可决定书（${part.name['zh-CN']}）`,
        content: <Decision part={part} />,
      })),
    ...file.parts
      .filter((part) => ['sealed', 'issued', 'delivered', 'refused'].includes(part.state))
      .map((part) => ({
        key: `delivery-${part.code}`,
        title: `送达回证（${part.name['zh-CN']}）`,
        content: <Delivery file={file} part={part} />,
      })),
  ]
}

function Acceptance({ file }: { readonly file: CaseFile }): VNode {
  const later = file.materials.filter(({ way }) => way === 'deferred')
  return (
    <>
      <p class="paper-number">受理编号：{file.number ?? ''}</p>
      <p>{file.applicant ?? ''}：</p>
      <p>
        您（单位）提出的“{file.name['zh-CN']}
        ”申请，经审查，符合受理条件，现予受理。各部门同时办理，承诺办结日期如下：
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">事项</th>
            <th scope="col">决定机关</th>
            <th scope="col">承诺办结</th>
          </tr>
        </thead>
        <tbody>
          {file.parts.map((part) => (
            <tr key={part.code}>
              <td>{part.name['zh-CN']}</td>
              <td>{part.officeName['zh-CN']}</td>
              <td>{part.limit === null ? '' : formatDay(part.limit.dueDay, 'zh-CN')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        收到材料：
        {file.materials
          .filter(({ way }) => way !== null && way !== 'deferred')
          .map(({ name }) => name['zh-CN'])
          .join('、')}
        。
      </p>
      {later.length === 0 ? null : (
        <p>
          容缺材料，请按期补交：
          {later
            .map(({ name, dueDay }) => {
              const day = typeof dueDay === 'string' ? formatDay(dueDay, 'zh-CN') : ''
              return `${name['zh-CN']}（${day}前）`
            })
            .join('、')}
          。
        </p>
      )}
      <Foot office={file.officeName['zh-CN']} at={file.acceptedAt} />
    </>
  )
}

function Declined({ file }: { readonly file: CaseFile }): VNode {
  const ground = file.declined?.ground
  return (
    <>
      <p>{file.applicant ?? ''}：</p>
      <p>您（单位）提出的“{file.name['zh-CN']}”申请，经审查，决定不予受理。</p>
      {ground === undefined ? null : (
        <p>
          法律依据：{ground.text['zh-CN']}（{ground.basis}）
        </p>
      )}
      <p>理由：{reasonOf(file, 'decline')}</p>
      <p>{file.declined?.objection['zh-CN'] ?? ''}</p>
      <Foot office={file.officeName['zh-CN']} at={file.closedAt} />
    </>
  )
}

function Returned({ file }: { readonly file: CaseFile }): VNode {
  return (
    <>
      <p>{file.applicant ?? ''}：</p>
      <p>您（单位）提出的“{file.name['zh-CN']}”申请，需要补正后再提交。</p>
      <p>须补正的内容：{reasonOf(file, 'return')}</p>
      <Foot office={file.officeName['zh-CN']} at={null} />
    </>
  )
}

function Decision({ part }: { readonly part: CasePart }): VNode {
  return <pre>{part.document ?? ''}</pre>
}

function Delivery(props: { readonly file: CaseFile; readonly part: CasePart }): VNode {
  const { file, part } = props
  const rows = [
    ['受送达人', file.applicant ?? ''],
    ['送达文书', documentsOf(part)],
    ['受理编号', file.number ?? ''],
    ['送达方式', '□ 电子证照（本人钱包）　□ 窗口领取　□ 邮寄'],
    ['受送达人签收', '　　　　　　　　　　　　年　　月　　日'],
    ['送达人', ''],
    ['备注', ''],
  ] as const
  return (
    <>
      <table>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Foot office={part.officeName['zh-CN']} at={null} />
    </>
  )
}

function documentsOf({ state, result, name }: CasePart): string {
  if (state === 'refused') return `${name['zh-CN']}：不予行政许可决定书`
  if (result.kind === 'notice') return result.name['zh-CN']
  return `${name['zh-CN']}：准予行政许可决定书、证照`
}

/** Why a step of the case itself was taken, the last time. */
function reasonOf({ steps }: CaseFile, action: string): string {
  return steps.findLast((step) => step.part === '' && step.action === action)?.reason ?? ''
}

function Foot(props: { readonly office: string; readonly at: number | null }): VNode {
  const day = props.at === null ? formatDay(todayHere(), 'zh-CN') : formatDate(props.at, 'zh-CN')
  return (
    <p class="paper-foot">
      {props.office}（印章）
      <br />
      {day}
    </p>
  )
}
