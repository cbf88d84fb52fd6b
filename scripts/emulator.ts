import '../emulator/main.ts'
