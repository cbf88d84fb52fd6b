/** Throws on request, before or after its answer. */
exports.main = async ({ how }) => {
  if (how === 'throw') throw new Error('boom')
  if (how === 'later') setTimeout(() => { throw new Error('after the answer') }, 10)
  return { alive: true, pid: process.pid }
}
