// node ops/compile-styles.js SOURCE TARGET
// Through the library, not the sass command: the command wants Node.js 20, Debian 12 has 18.
const { writeFileSync } = require('node:fs')
const { compile } = require('sass')

const [source, target] = process.argv.slice(2)
try {
  writeFileSync(target, compile(source, { style: 'compressed', quietDeps: true, loadPaths: ['node_modules'] }).css)
} catch (problem) {
  console.error(problem.message)
  process.exitCode = 1
}
