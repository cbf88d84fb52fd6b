import { writeForever } from './durabilityWriter.ts'

const [file = '', prefix = '', seed = ''] = process.argv.slice(2)
void writeForever(file, prefix, Number(seed))
