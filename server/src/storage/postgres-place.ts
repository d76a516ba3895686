/** Where a PostgreSQL database is. */

/** Its addresses; both are secrets. */
export interface PostgresPlace {
  /** For the role that works with the tables. */
  readonly url: string
  /** For the owner of the tables, where that is another role. */
  readonly ownerUrl?: string
}
