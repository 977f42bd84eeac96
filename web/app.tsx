import { useRoute } from './router.tsx'

export function App() {
  const route = useRoute()
  return <main className="grid h-full place-items-center text-muted">{route.page}</main>
}
