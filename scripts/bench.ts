import '../bench/database.ts'
