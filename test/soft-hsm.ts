/** Finds SoftHSM, an HSM made of software, and OpenSC's `pkcs11-tool`, which looks into it; installs them as Chromium is installed. */
import { spawnSync } from 'node:child_process'
import { installPackages } from '@onetrip/cli'

const PROGRAMS = ['softhsm2-util', 'pkcs11-tool']
const PACKAGES = ['softhsm2', 'opensc']

/** Whether they are there, installed as root where they are missing. */
export function ensureSoftHsm(): boolean {
  if (isThere()) return true
  try {
    installPackages(PACKAGES, 'SoftHSM is not installed.')
  } catch {
    return false
  }
  return isThere()
}

function isThere(): boolean {
  return PROGRAMS.every((name) => spawnSync(name, ['--help']).error === undefined)
}
