// The entry of every npm script. It is plain JavaScript that old Node versions can read, so that a newcomer with the
// wrong Node, or without the packages, gets one sentence that helps instead of a stack.
const task = process.argv[2]
// What follows the task are the task's own arguments.
process.argv.splice(2, 1)
const major = Number(process.versions.node.split('.')[0])

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

if (major < 20) {
  stop('Xiaopu needs Node.js 20 or newer; this is ' + process.versions.node + '. Install a newer one from https://nodejs.org and try again.')
}

const tasks = ['start', 'test', 'build-mp', 'build-h5', 'build-functions', 'emulator', 'simulate', 'record', 'bench', 'screenshots']
if (tasks.indexOf(task) < 0) {
  stop('Unknown task ' + String(task) + '. Known: ' + tasks.join(', ') + '.')
}

import('tsx/esm/api').then(
  function (tsx) {
    tsx.register()
    return import('./' + task + '.ts')
  },
  function () {
    stop('The packages are not installed yet. Run `npm ci` first, then try again.')
  },
)
