enum SeedCoupletSimulation {}
