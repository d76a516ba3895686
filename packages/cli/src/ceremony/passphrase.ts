/** The passphrase of a key file: from the environment, or asked for at the terminal. */
import { MIN_PASSPHRASE_CHARS } from '@onetrip/server'
import { readLimited } from '../read-limited.ts'
import { type CommandContext, UsageError } from '../usage.ts'

const NAME = 'ONETRIP_KEY_PASSPHRASE'
const MAX_BYTES = 4096

/** Asks once, or twice where a mistyped one would lose the key. Throws `UsageError`. */
export async function passphraseFor(
  context: Pick<CommandContext, 'environment' | 'readSecret'>,
  options: { readonly isNew: boolean },
): Promise<string> {
  const given = await fromEnvironment(context.environment)
  const passphrase = given ?? (await context.readSecret('passphrase'))
  if (options.isNew && passphrase.length < MIN_PASSPHRASE_CHARS) {
    throw new UsageError(`a passphrase has at least ${MIN_PASSPHRASE_CHARS} characters`)
  }
  if (options.isNew && given === undefined) {
    const again = await context.readSecret('the same again')
    if (again !== passphrase) throw new UsageError('the two passphrases differ')
  }
  return passphrase
}

async function fromEnvironment(
  environment: CommandContext['environment'],
): Promise<string | undefined> {
  const file = environment[`${NAME}_FILE`]
  if (file === undefined) return environment[NAME]
  if (environment[NAME] !== undefined) throw new UsageError(`${NAME} and ${NAME}_FILE are both set`)
  return new TextDecoder().decode(await readLimited(file, MAX_BYTES)).replace(/\r?\n$/, '')
}
