import '../emulator/record/main.ts'
