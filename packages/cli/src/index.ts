/** What tests share with the command: how Debian's packages are brought. */
export { installPackages } from './debian-packages.ts'
export { ensureSealFont } from './seal-font.ts'
