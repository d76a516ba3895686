/** The client of the trust repository; loaded right after the first screen, which does without it. */
export {
  exportPack,
  followTrust,
  isHeldBack,
  openTrust,
  ownFaults,
  packFetcherFor,
  packMember,
  readPackReceipts,
} from '@onetrip/trust'
