// Weather that never changes, for a sample agent that needs no network.

export interface Weather {
  city: string
  condition: string
  celsius: { now: number; low: number; high: number }
  rainPercent: number
  windKmPerHour: number
}

const weather = (
  city: string,
  condition: string,
  [low, now, high]: [number, number, number],
  rainPercent: number,
  windKmPerHour: number,
): Weather => ({ city, condition, celsius: { now, low, high }, rainPercent, windKmPerHour })

export const SAMPLE_WEATHER: Weather[] = [
  weather('Berlin', 'cloudy', [7, 11, 14], 30, 14),
  weather('Cairo', 'clear sky', [18, 27, 31], 0, 11),
  weather('London', 'light rain', [8, 10, 12], 80, 22),
  weather('New York', 'sunny', [12, 17, 20], 10, 18),
  weather('Oslo', 'snow showers', [-4, -1, 1], 70, 16),
  weather('Paris', 'fog in the morning', [6, 9, 13], 20, 6),
  weather('Singapore', 'thunderstorms', [25, 28, 32], 90, 12),
  weather('Sydney', 'sunny', [16, 22, 25], 5, 20),
  weather('Tokyo', 'partly cloudy', [13, 18, 21], 20, 10),
]
