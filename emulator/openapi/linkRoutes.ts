import { Refusal } from '../http/refusal.ts'
import type { Exchange, Route } from '../http/router.ts'
import { joinedQuery } from './links.ts'
import type { Links } from './links.ts'

/** `/link/<ticket>` stands for `https://wxaurl.cn/<ticket>`: it opens the page in the H5 build. */
export function linkRoutes(links: Links): Route[] {
  return [{ method: 'GET', path: '/link/*', handle: exchange => open(links, exchange) }]
}

function open(links: Links, { response, url, rest }: Exchange): void {
  const link = links.find(rest)
  if (!link) throw new Refusal(404, `There is no link ${rest}.`)
  if (link === 'expired') {
    response.writeHead(410, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(expiredPage)
    return
  }
  const page = new URL(`http://h5/${link.path}?${joinedQuery(link.query, url.searchParams.get('cq'))}`)
  response.writeHead(302, { 'location': page.pathname + page.search, 'cache-control': 'no-store' }).end()
}

const expiredPage = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>链接已过期</title>
<style>body { font: 17px/1.6 system-ui, sans-serif; margin: 30vh 24px 0; text-align: center; color: #353535; background: #fff }</style>
<p>链接已过期<br><small>This link has expired.</small></p>
</html>
`
