/** The screens a clerk opens now and then, in a chunk of their own: the first screen is there before them. */

export { IntakeStatus } from './intake-status.tsx'
export { KioskExit } from './kiosk-exit.tsx'
export { CounterPackPanel, packImporter } from './pack-transfer.tsx'
export { readForCounter } from './read-for-counter.ts'
export { HelpScreen } from './screens/help.tsx'
export { NoteScreen } from './screens/note.tsx'
export { RecentScreen } from './screens/recent.tsx'
export { SettingsScreen } from './screens/settings.tsx'
