import { z } from 'zod'

export const OrderId = z.int().describe('The number of the order, such as 1042.')
