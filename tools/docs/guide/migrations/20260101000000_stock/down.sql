DROP TABLE shipment;
DROP TABLE stock;
