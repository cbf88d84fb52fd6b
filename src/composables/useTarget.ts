import { routes } from '@/platform/routes'
import { useMallView } from '@/stores/mallView'
import type { CouponTarget } from '@contracts/coupon.ts'

/** Leads to what a picture or a coupon is about. Whoever shows products in a place of their own says how with `openProduct`. */
export function useTarget(openProduct: (productId: string) => void = productId => void routes.product(productId)) {
  const mallView = useMallView()

  /** The mall, with one category or all. */
  function openCategory(categoryId: string | null): void {
    mallView.categoryId = categoryId
    void routes.mall()
  }

  function follow(target: CouponTarget): void {
    switch (target.kind) {
      case 'Product': return openProduct(target.productId)
      case 'Category': return openCategory(target.categoryId)
      case 'Mall': return openCategory(null)
      case 'CouponGoods': return void routes.couponGoods(target.of)
      case 'Menu': void routes.menu()
    }
  }

  return { openCategory, follow }
}
