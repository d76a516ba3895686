/** The counter as a component; `main.tsx` starts it. */

export { CounterApp } from './app.tsx'
