module gatehouse.test/peers/whoami

go 1.26
