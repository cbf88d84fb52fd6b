/** Dies on request, in the ways a process can. */
exports.main = async ({ how }) => {
  if (how === 'exit') process.exit(3)
  if (how === 'throw') throw new Error('boom')
  if (how === 'wait') await new Promise(resolve => setTimeout(resolve, 2_000))
  if (how === 'later') setTimeout(() => { throw new Error('after the answer') }, 10)
  return { alive: true, pid: process.pid }
}
