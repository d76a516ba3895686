/** The tables of cases (一件事); part of the schema versions in `migrations.ts`. */

/** The statements that make them. */
export const CASE_TABLES: readonly string[] = [
  `create table guide (
    matter text not null, version integer not null, document text not null,
    primary key (matter, version))`,
  `create table case_file (
    id text primary key, number text unique, matter text not null, guide_version integer not null,
    office_id text not null, state text not null, version integer not null, channel text not null,
    applicant text not null, actor_id text references actor (id), answers text not null,
    form text not null, verification_id text, verification_actor text, trips integer not null,
    created_at integer not null, submitted_at integer, accepted_at integer, closed_at integer)`,
  'create index case_office on case_file (office_id, state, id)',
  'create index case_applicant on case_file (applicant, id)',
  `create table case_number (
    office_id text not null, day text not null, next integer not null,
    primary key (office_id, day))`,
  `create table case_part (
    case_id text not null references case_file (id), code text not null, office_id text not null,
    state text not null, version integer not null, promised_days integer not null,
    warn_days integer not null, began_at integer, stopped_days integer not null,
    stopped_since integer, ended_at integer,
    ended_day text, due_day text, ground text, opinion text, draft text,
    document text, document_sha256 text, use_id text references seal_use (id),
    licence_id text unique references licence (id), primary key (case_id, code))`,
  'create index case_part_office on case_part (office_id, state, case_id)',
  `create table case_material (
    case_id text not null references case_file (id), code text not null, way text not null,
    evidence text not null, due_day text, at integer not null,
    actor_id text references actor (id), primary key (case_id, code))`,
  'create index case_material_due on case_material (due_day) where due_day is not null',
  `create table case_upload (
    id text primary key, case_id text not null references case_file (id), material text not null,
    sha256 text not null, length integer not null, media_type text not null, name text not null,
    at integer not null, replaced integer not null)`,
  'create index case_upload_case on case_upload (case_id)',
  `create table case_upload_body (
    upload_id text primary key references case_upload (id), body text not null)`,
  `create table case_visit (
    id text primary key, case_id text not null references case_file (id), day text not null,
    actor_id text not null references actor (id), at integer not null)`,
  'create index case_visit_case on case_visit (case_id)',
  `create table case_visit_part (
    visit_id text not null references case_visit (id), part text not null, passed integer,
    findings text, actor_id text references actor (id), at integer,
    primary key (visit_id, part))`,
  `create table case_transition (
    case_id text not null references case_file (id), sequence integer not null, part text not null,
    action text not null, from_state text not null, to_state text not null,
    actor_id text references actor (id), doer text not null, reason text, at integer not null,
    primary key (case_id, sequence))`,
  `create table case_feedback (
    id text primary key, case_id text not null references case_file (id), part text not null,
    office_id text not null, level integer not null, words text, at integer not null,
    state text not null, due_day text, answer text, answered_by text references actor (id),
    answered_at integer, unique (case_id, part))`,
  'create index case_feedback_office on case_feedback (office_id, state)',
  `create table licence_report (
    id text primary key, agency_id text, code text not null, place text not null,
    evidence text not null, words text, at integer not null, state text not null, answer text,
    answered_by text references actor (id), answered_at integer)`,
  'create index licence_report_agency on licence_report (agency_id, state)',
]

/** On which legal ground a step was taken. */
export const STEP_GROUND: readonly string[] = ['alter table case_transition add column ground text']

/** By which the case of a seal's use is found. */
export const CASE_OF_USE: readonly string[] = [
  'create index case_part_use on case_part (use_id) where use_id is not null',
]

/** By which materials a decision was proposed. */
export const STEP_MATERIALS: readonly string[] = [
  'alter table case_transition add column materials text',
]
