/** The console as a component; `main.tsx` starts it. */

export { ConsoleApp } from './app.tsx'
