/** `onetrip backup`, `onetrip mirror` and `onetrip restore`. */

/** `onetrip backup`: what it understands. */
export const backupSpec = {
  name: 'backup',
  summary: 'write database and keys of this server into a new folder, while it runs',
  operands: ['FOLDER'],
  options: {},
  notes: [
    'Configured by ONETRIP_* variables, as serve. PostgreSQL is written by its own pg_dump, which has to be installed.',
    'Keys stay under their passphrase, which is not in the backup: keep it elsewhere; keys in an HSM stay there. Whatever is published has to be kept as well:',
    'by onetrip mirror, elsewhere, every few minutes.',
  ],
  examples: ['backup /backups/2026-11-27'],
} as const

/** `onetrip mirror`: what it understands. */
export const mirrorSpec = {
  name: 'mirror',
  summary: 'keep what a server publishes in a folder, for onetrip restore',
  operands: ['FOLDER'],
  options: {
    server: { value: 'URL', required: true, help: 'origin of the API' },
    vkey: { value: 'FILE', required: true, help: "the log's key, as log.vkey has it" },
  },
  notes: [
    'Run it every few minutes on another machine: what is not in the mirror cannot be replayed. A server whose log does not go on from',
    'what the folder has is left alone, and the folder as it was.',
  ],
  examples: ['mirror /mirrors/yunqi --server https://api.example.cn --vkey log.vkey'],
} as const

/** `onetrip restore`: what it understands. */
export const restoreSpec = {
  name: 'restore',
  summary: 'put a backup into a new place, and replay what was published since',
  operands: ['FOLDER'],
  options: {
    published: {
      value: 'PLACE',
      required: true,
      help: 'address or folder with trust/pack, log/checkpoint and log/tile/… as they were published last',
    },
    json: { help: 'print what was replayed as JSON' },
  },
  notes: [
    'ONETRIP_DATA_DIR and ONETRIP_DATABASE_URL name the new place, which holds nothing yet. A server opens there once this command has ended well:',
    'what was taken back stays so, the log goes on from its published checkpoint, and nothing that was given out is given out again.',
    'The origins and ports are those of the server that was lost: what it published is signed in their name, and is note/unsigned in another.',
  ],
  examples: ['restore /backups/2026-11-27 --published /mirrors/yunqi'],
} as const
