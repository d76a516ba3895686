/** A notice of what else there is for the same applicant, matter and place: other open cases, and licences in force. */

import { Data, localised, Notice } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import { placeAddress } from '../places.ts'
import { tp } from '../words-cases.ts'
import type { CaseProps } from './case.tsx'

/** The notice; nothing where there is nothing alike. */
export function CaseAlike({ me, file }: Pick<CaseProps, 'me' | 'file'>): VNode | null {
  const { cases, licences } = file.alike
  if (cases.length + licences.length === 0) return null
  const mayRead = me.rights.includes('read')
  return (
    <Notice tone="caution" title={tp('alike')} testId="alike">
      <ul class="plain-list">
        {cases.map(({ id, number, state, officeName }) => (
          <li key={id ?? number ?? state}>
            {tp('alike.case', { state: tp(`case.${state}`) })}{' '}
            <Linked to={id === undefined ? undefined : placeAddress('cases', id)}>
              {number === null ? tp('no-number') : <Data>{number}</Data>}
            </Linked>{' '}
            <Data>{localised(officeName)}</Data>
          </li>
        ))}
        {licences.map(({ id, typeName, serial, status }) => (
          <li key={serial}>
            {tp(`alike.${status}`)} <Data>{localised(typeName)}</Data>{' '}
            <Linked to={id === undefined || !mayRead ? undefined : placeAddress('register', id)}>
              <Data>{serial}</Data>
            </Linked>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Linked(of: {
  readonly to: string | undefined
  readonly children: ComponentChildren
}): VNode {
  return of.to === undefined ? <span>{of.children}</span> : <a href={of.to}>{of.children}</a>
}
