/** What models cost, and where each price comes from. */
export function PricesSection() {
  return <h2 className="text-lg font-semibold tracking-tight">Prices</h2>
}
