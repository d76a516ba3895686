/** The screens a clerk opens now and then, in a chunk of their own: the first screen is there before them. */

export { KioskExit } from './kiosk-exit.tsx'
export { HelpScreen } from './screens/help.tsx'
export { NoteScreen } from './screens/note.tsx'
export { RecentScreen } from './screens/recent.tsx'
export { SettingsScreen } from './screens/settings.tsx'
