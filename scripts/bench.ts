export {}

/** `npm run bench` measures the database; `npm run bench -- stock [buyers] [pieces]` the two ways to hold stock. */
await (process.argv[2] === 'stock' ? import('../bench/stock.ts') : import('../bench/database.ts'))
