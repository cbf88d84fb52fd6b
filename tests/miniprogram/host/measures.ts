/** Measures of this phone, in px. They are those of a common one: 375 × 812, with a notch and a home bar. */
export const measures = { width: 375, height: 812, statusBar: 44, navigationBar: 44, tabBar: 50, homeBar: 34, pixelRatio: 2 }
