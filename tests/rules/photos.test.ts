import { describe, expect, it } from 'vitest'
import { fittedInto } from '../../src/photos/shrink.ts'

describe('a photo that is made smaller', () => {
  it('keeps its shape, lying or standing, and is never made larger', () => {
    expect(fittedInto(1280, { width: 4032, height: 3024 })).toEqual({ width: 1280, height: 960 })
    expect(fittedInto(1280, { width: 3024, height: 4032 })).toEqual({ width: 960, height: 1280 })
    expect(fittedInto(1280, { width: 800, height: 600 })).toEqual({ width: 800, height: 600 })
  })

  it('has a pixel of height left, however thin it is', () => {
    expect(fittedInto(640, { width: 9000, height: 3 })).toEqual({ width: 640, height: 1 })
  })
})
