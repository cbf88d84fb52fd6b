// Made from brand/brand.json by the build: change it there.
/** Every colour as a page's style, by theme. */
export const palettes = {
  light: '--bg:#f5f4f1;--surface:#ffffff;--surface-high:#ffffff;--sunk:#f3f1ec;--hairline:#ebe8e2;--text:#1f1d1a;--text-2:#5c5750;--text-3:#6b655d;--price:#b04015;--price-soft:#fcefe7;--badge:#c4491a;--on-badge:#ffffff;--notice:#855600;--notice-soft:#fff5de;--danger:#b5382a;--danger-soft:#fbeae7;--mask:rgb(20 18 15 / 48%);--shadow:0 4rpx 24rpx rgb(60 50 35 / 6%);--shadow-high:0 12rpx 48rpx rgb(60 50 35 / 16%);--picture-bg:#f1ede6;--picture-dim:1;--icon-filter:none;--brand:#0b7a5b;--brand-press:#016449;--brand-soft:#e7f2ef;--brand-line:#bbdad1;--on-brand:#ffffff',
  dark: '--bg:#121110;--surface:#1d1c1a;--surface-high:#35322e;--sunk:#262421;--hairline:#312f2b;--text:#f1eee8;--text-2:#b8b2a8;--text-3:#a59e94;--price:#f49a68;--price-soft:#3a261b;--badge:#c1501f;--on-badge:#ffffff;--notice:#e9bd66;--notice-soft:#352a15;--danger:#f08a7c;--danger-soft:#3a1f1b;--mask:rgb(0 0 0 / 62%);--shadow:none;--shadow-high:0 12rpx 48rpx rgb(0 0 0 / 50%);--picture-bg:#2c2925;--picture-dim:.86;--icon-filter:invert(1) brightness(1.15);--brand:#51bb96;--brand-press:#3fab87;--brand-soft:#25352e;--brand-line:#305547;--on-brand:#002116',
}

/** What WeChat draws around a page, by theme. */
export const barColours = {
  light: { ground: '#ffffff', page: '#f5f4f1', tabText: '#6b655d', tabSelected: '#0b7a5b' },
  dark: { ground: '#1d1c1a', page: '#121110', tabText: '#a59e94', tabSelected: '#51bb96' },
}
