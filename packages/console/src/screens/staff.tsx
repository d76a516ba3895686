/** Who works for the organisation, and with which roles; administrators register, give and take. */

import { Data, EmptyScreen, formatDate, SelectField, TextField, withNodes } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { type Column, DataTable } from '../data-table.tsx'
import { useDraft } from '../draft.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { act, type Me } from '../session.ts'
import {
  ANYTHING,
  type GivenRole,
  MEMBERS,
  type Member,
  STAFF_ROLES,
  type StaffRole,
} from '../staff-data.ts'
import { StateWord } from '../state-word.tsx'
import { ts } from '../words-staff.ts'

const PATH = '/api/staff/members'

/** The page of staff. */
export function StaffScreen({ me }: { readonly me: Me }): VNode {
  const members = useLoaded(PATH, MEMBERS)
  const manages = me.rights.includes('manage-staff')
  return (
    <div class="stack" data-testid="staff-screen">
      <div class="page-head">
        <h1>{ts('title')}</h1>
        {manages ? <Register onDone={members.reload} /> : null}
      </div>
      <Part of={members}>
        {(value) =>
          value.members.length === 0 ? (
            <EmptyScreen title={ts('empty')} />
          ) : (
            <DataTable
              caption={ts('title')}
              columns={columns({ me, manages, reload: members.reload })}
              rows={value.members}
              keyOf={({ subject }) => subject}
              testId="staff-table"
            />
          )
        }
      </Part>
    </div>
  )
}

interface Managing {
  readonly me: Me
  readonly manages: boolean
  readonly reload: () => void
}

function columns(of: Managing): readonly Column<Member>[] {
  const shown: readonly Column<Member>[] = [
    {
      key: 'name',
      name: ts('name'),
      cell: (member) => (
        <>
          <Data>{member.name}</Data>
          {member.ended ? (
            <>
              {' '}
              <StateWord tone="over">{ts('ended')}</StateWord>
            </>
          ) : null}
        </>
      ),
    },
    { key: 'subject', name: ts('subject'), cell: ({ subject }) => <code>{subject}</code> },
    { key: 'roles', name: ts('roles'), cell: (member) => <Roles member={member} of={of} /> },
    {
      key: 'since',
      name: ts('since'),
      cell: ({ registeredAt }) => <Moment at={registeredAt} />,
    },
  ]
  if (!of.manages) return shown
  return [
    ...shown,
    {
      key: 'actions',
      name: ts('actions'),
      cell: (member) =>
        member.ended || member.id === of.me.id ? '—' : <Acts member={member} of={of} />,
    },
  ]
}

/** A sentence about somebody: the name is nothing of its language. */
function withName(text: string, name: string): VNode {
  return withNodes(text, { name: <Data>{name}</Data> })
}

function roleWords({ role, matter, from, until }: GivenRole): string {
  const details = [
    ...(matter === undefined ? [] : [ts('one-matter', { matter })]),
    ...(from > Date.now() / 1000 ? [ts('from', { day: formatDate(from) })] : []),
    ...(until === undefined ? [] : [ts('until', { day: formatDate(until) })]),
  ]
  return [ts(`role.${role}`), ...details].join(' · ')
}

function Roles({ member, of }: { readonly member: Member; readonly of: Managing }): VNode {
  if (member.roles.length === 0) return <span class="hint">{ts('none')}</span>
  return (
    <ul class="chips">
      {member.roles.map((role) => (
        <li key={role.id} class={of.manages ? 'chip' : 'chip chip-plain'}>
          {roleWords(role)}
          {of.manages ? (
            <ActButton
              kind="quiet"
              goKind="danger"
              label={`${ts('take')}: ${ts(`role.${role.role}`)}`}
              title={withName(ts('take.title', { role: ts(`role.${role.role}`) }), member.name)}
              body={<p>{ts('take.text')}</p>}
              go={ts('take.go')}
              act={() => act(`/api/staff/roles/${role.id}/end`, { answer: ANYTHING, body: {} })}
              onDone={of.reload}
              testId={`take-${role.role}`}
            >
              {ts('take')}
            </ActButton>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Acts({ member, of }: { readonly member: Member; readonly of: Managing }): VNode {
  const { id, name } = member
  const ending = (step: 'end' | 'sign-out') => ({
    title: withName(ts(`${step}.title`), name),
    body: <p>{ts(`${step}.text`)}</p>,
    go: ts(`${step}.go`),
    goKind: 'danger' as const,
    act: () => act(`${PATH}/${id}/${step}`, { answer: ANYTHING, body: {} }),
    onDone: of.reload,
    testId: step,
  })
  return (
    <div class="chips">
      <Give member={member} onDone={of.reload} />
      <ActButton kind="quiet" {...ending('sign-out')}>
        {ts('sign-out')}
      </ActButton>
      <ActButton kind="quiet" {...ending('end')}>
        {ts('end')}
      </ActButton>
    </div>
  )
}

function Give(props: { readonly member: Member; readonly onDone: () => void }): VNode {
  const { id, name } = props.member
  const [role, setRole] = useState<StaffRole>('clerk')
  const body = (
    <>
      <SelectField
        label={ts('give.role')}
        name="role"
        value={role}
        hint={ts('give.hint')}
        choices={STAFF_ROLES.map((value) => ({ value, text: ts(`role.${value}`) }))}
        onChange={(next) => setRole(STAFF_ROLES.find((known) => known === next) ?? 'clerk')}
        testId="give-role"
      />
    </>
  )
  return (
    <ActButton
      title={withName(ts('give.title'), name)}
      body={body}
      go={ts('give.go')}
      act={() => act(`${PATH}/${id}/roles`, { answer: ANYTHING, body: { role } })}
      onDone={props.onDone}
      testId="give"
    >
      {ts('give')}
    </ActButton>
  )
}

function Register({ onDone }: { readonly onDone: () => void }): VNode {
  const [name, setName] = useDraft('member-name')
  const [subject, setSubject] = useDraft('member-subject')
  const body = (
    <>
      <TextField
        label={ts('register.name')}
        name="name"
        hint={ts('register.name-hint')}
        value={name}
        maxLength={60}
        onInput={setName}
        testId="register-name"
      />
      <TextField
        label={ts('register.subject')}
        name="subject"
        hint={ts('register.subject-hint')}
        value={subject}
        maxLength={255}
        onInput={setSubject}
        testId="register-subject"
      />
    </>
  )
  return (
    <ActButton
      kind="primary"
      title={ts('register')}
      body={body}
      go={ts('register.go')}
      isReady={name.trim() !== '' && subject.trim() !== ''}
      act={() =>
        act(PATH, { answer: ANYTHING, body: { name: name.trim(), subject: subject.trim() } })
      }
      onDone={() => {
        setName('')
        setSubject('')
        onDone()
      }}
      testId="register"
    >
      {ts('register')}
    </ActButton>
  )
}
