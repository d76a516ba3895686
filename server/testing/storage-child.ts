/** For tests: a process that brings the tables of a folder's database up to date, and says when it begins and has ended. */

import { openStorage } from '../src/storage/database.ts'
import { databaseUrl, TEST_POSTGRES } from './test-database.ts'

const folder = process.argv[2] ?? ''
process.stdout.write('begins\n')
const place =
  TEST_POSTGRES === undefined ? `${folder}/onetrip.sqlite` : { url: databaseUrl(folder) }
const storage = await openStorage(place)
process.stdout.write('ended\n')
await storage.destroy()
