enum SeedCoupletSandbox {}
