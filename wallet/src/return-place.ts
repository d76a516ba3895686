/** Where a window goes on after it signed in: kept in its session storage while it is away, and one of the wallet's own places. */
import { hrefOf, parseRoute, type Route } from './routes.ts'

const KEY = 'onetrip.sign-in-place'

/** Notes the place to come back to. */
export function noteReturn(place: Route): void {
  sessionStorage.setItem(KEY, hrefOf(place))
}

/** The place that was noted; the agency's where there is none. */
export function takeReturn(): Route {
  try {
    const noted = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    return noted === null ? { screen: 'agency' } : parseRoute(noted)
  } catch {
    // A window without session storage never left.
    return { screen: 'agency' }
  }
}
