enum SeedCoupletEngine {}
